from .plugins.argo.argo_events import ArgoEvent as ArgoEvent

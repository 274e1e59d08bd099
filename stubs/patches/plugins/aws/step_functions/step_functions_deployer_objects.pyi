# Narrower than what they override; the inherited ones are right for callers.
class StepFunctionsDeployedFlow:
    del from_deployment
    del get_triggered_run
    del list_deployed_flows

class MutableStep:
    # Metaflow's own decorators are functions here, and partials at run time.
    def add_decorator(
        self,
        deco_type: typing.Callable[..., typing.Any] | str,
        deco_args: list[typing.Any] | None = None,
        deco_kwargs: dict[str, typing.Any] | None = None,
        duplicates: int = 1,
    ) -> metaflow.user_decorators.user_step_decorator.UserStepDecoratorBase | metaflow.decorators.StepDecorator | None: ...

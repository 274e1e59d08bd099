"""Cross-validates a linear regression on scikit-learn's diabetes table.

BINDING=EXP_01 ENVIRONMENT=dev python training.py run
"""

import numpy as np
from layers import layered
from metaflow import Config, FlowSpec, config_expr, project, resources, step
from settings import parsed
from sklearn import linear_model
from sklearn.datasets import load_diabetes
from sklearn.metrics import mean_absolute_error, r2_score
from sklearn.model_selection import KFold


@project(name=config_expr("settings.project"))
class Training(FlowSpec):
    """One task per fold; the settings choose the columns, the model and the number of folds."""

    settings = Config("settings", default_value=layered, parser=parsed)

    @step
    def start(self):
        table = load_diabetes(scaled=False)
        columns = {**dict(zip(table.feature_names, table.data.T, strict=True)), "target": table.target}
        self.x = np.column_stack([columns[name] for name in self.settings.data.features])
        self.y = columns[self.settings.data.target]
        evaluation = self.settings.evaluation
        folds = KFold(evaluation.folds, shuffle=True, random_state=evaluation.seed)
        self.folds = list(folds.split(self.x))
        self.next(self.fit, foreach="folds")

    @resources(**settings.resources)
    @step
    def fit(self):
        train, test = self.input
        model = self.estimator().fit(self.x[train], self.y[train])
        predicted = model.predict(self.x[test])
        self.r2 = float(r2_score(self.y[test], predicted))
        self.mae = float(mean_absolute_error(self.y[test], predicted))
        print(f"fold {self.index}: r2 {self.r2:.3f}, mean absolute error {self.mae:.2f}")
        self.next(self.gather)

    @step
    def gather(self, inputs):
        self.merge_artifacts(inputs, include=["x", "y"])
        self.metrics = {
            "r2": float(np.mean([fold.r2 for fold in inputs])),
            "mae": float(np.mean([fold.mae for fold in inputs])),
        }
        self.next(self.end)

    @step
    def end(self):
        data, model = self.settings.data, self.estimator().fit(self.x, self.y)
        self.coefficients = dict(zip(data.features, model.coef_.tolist(), strict=True))
        shown = ", ".join(f"{name} {value:+.3f}" for name, value in self.coefficients.items())
        print(f"{self.settings.model.kind} predicts `{data.target}`: {shown}")
        print(f"r2 {self.metrics['r2']:.3f}, mean absolute error {self.metrics['mae']:.2f}")

    def estimator(self):
        """Return the estimator that the settings name; `kind` narrows the type of its options."""
        model = self.settings.model
        if model.kind == "ridge":
            return linear_model.Ridge(alpha=model.alpha, fit_intercept=model.fit_intercept, solver=model.solver)
        return linear_model.LinearRegression(fit_intercept=model.fit_intercept)


if __name__ == "__main__":
    Training()

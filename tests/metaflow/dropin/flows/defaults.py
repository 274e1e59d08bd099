"""Every way to give a Config a default or a parser, and a base flow that brings its own."""

from facts import fact, words
from metaflow import Config, config_expr, environment, step
from template import Template


def file_name(context):
    return f"{context.parameter_name}.json"


def from_context(context):
    return {"word": f"{context.flow_name} {context.configs}"}


class DefaultsFlow(Template):
    file = Config("file", default="word.json")  # typed: Words
    by_function = Config("word", default=file_name)  # typed: Words
    text = Config("text", default_value='{"word": "text"}')  # typed: Words
    value = Config("value", default_value={"word": "dictionary"})  # typed: Words
    function = Config("function", default_value=from_context)  # typed: Words
    as_text = Config("as_text", default_value=lambda _: '{"word": "text of a function"}')  # typed: Words
    parsed = Config("parsed", default="words.txt", parser=words)  # typed: Words
    dotted = Config("dotted", default_value="word=dotted", parser="facts.words")  # typed: Words
    standard = Config("standard", default="word.json", parser="json.loads")  # typed: Words
    needed = Config("needed", default="word.json", required=True, show_default=False, help="Help.")  # typed: Words
    attribute = Config("another_name", default_value={"word": "renamed"})  # typed: Words

    @environment(vars={"NAMED": config_expr("another_name.word"), "FROM_TEMPLATE": Template.made.made})
    @step
    def start(self):
        import os

        for name in "file by_function text value function as_text parsed dotted standard needed attribute".split():
            fact(name, lambda name=name: getattr(self, name).word)
        fact("of the template", self.told())
        fact("in decorators", [os.environ["NAMED"], os.environ["FROM_TEMPLATE"]])
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    DefaultsFlow()

"""The marker of text that may look like a template."""


class Template:
    """Marks text that may look like a template: ``Annotated[str, Template]``.

    typedflow inserts nothing into text. The marker tells ``typedflow check`` that whatever reads the value does. It
    also applies to the items of a list, the keys and values of a dictionary, and the fields of a model.
    """


def is_template(metadata: tuple[object, ...]) -> bool:
    """Return whether an annotation's metadata has the marker, as a class or as an instance."""
    return any(item is Template or isinstance(item, Template) for item in metadata)

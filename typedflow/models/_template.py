"""The mark of text that may look like a template."""


class Template:
    """Text that is meant as it stands, though it looks like a template: ``Annotated[str, Template]``.

    typedflow inserts nothing into text. The mark tells ``typedflow check`` that whoever reads the value does. It also
    holds for the items of a list, the keys and values of a dictionary, and the fields of a model.
    """


def is_template(metadata: tuple[object, ...]) -> bool:
    """Whether the metadata of an annotation has the mark, as a class or as an instance."""
    return any(item is Template or isinstance(item, Template) for item in metadata)

"""A flow's file, or the model's, raises an exception or ends the process when it is imported.

What cannot be imported cannot be run or judged; the line at fault is shown, as far as it is yours.

```python
# flows/nightly.py
from metaflow import shedule
```

Instead, mend the line. What may fail for want of a machine or a service belongs into a step.
"""

def describe_change(before, after):
    return "updated the flag", "changed"

"""How a model comes to this machine: fetched with npm, checked, converted, proven, kept."""

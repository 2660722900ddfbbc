"""From a TensorFlow.js graph to ONNX, with numpy and onnx alone.

In this order: ``source`` and ``weights`` read the files, ``rewrite`` folds and merges nodes on the source graph,
``operators`` translate each node with a ``builder``, ``export`` writes the ONNX file. ``converter`` does it all.
"""

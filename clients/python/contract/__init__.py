"""Checks that need documents which are not part of this repository; `make client-samples` names them."""

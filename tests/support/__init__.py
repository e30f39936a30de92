"""What tests of several services and benches share."""

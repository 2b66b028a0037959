"""What the tests share: real parts to run against, and the rules that every test keeps."""

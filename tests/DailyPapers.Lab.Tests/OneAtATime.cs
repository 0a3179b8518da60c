// TorchSharp's global generator, which draws initial weights, is one for the process: tests side by side would take each other's numbers.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

// Times softmax over sizes from L1 to memory: two-pass against both three-pass variants and TensorPrimitives; with the command
// "libraries", what the package offers against TensorPrimitives and libtorch.
using System.CommandLine;
using System.Globalization;
using DailyPapers.Numerics;
using DailyPapers.Numerics.Bench;

var sizes = new Option<string>("--sizes")
{
    Description = "Powers of two to time, as FROM-TO or a comma-separated list.",
    DefaultValueFactory = _ => "10-26",
};
var sets = new Option<SoftmaxInstructionSet[]>("--sets")
{
    Description = "Instruction sets to time; those this process lacks are named and left out.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [SoftmaxInstructionSet.Avx512, SoftmaxInstructionSet.Avx2],
};
var rounds = new Option<int>("--rounds") { Description = "The most rounds a size gets.", DefaultValueFactory = _ => 101 };
var seconds = new Option<double>("--seconds") { Description = "Wall time a size gets, warm-up included.", DefaultValueFactory = _ => 10 };
var unpinned = new Option<bool>("--unpinned") { Description = "Leave the thread where the scheduler puts it." };

var command = new RootCommand("Times the softmax kernels against each other and against TensorPrimitives.SoftMax.")
{
    sizes, sets, rounds, seconds, unpinned,
};
command.SetAction(parsed =>
{
    try
    {
        SoftmaxBench.Run(
            Console.Out,
            SizeRange.Parse(parsed.GetRequiredValue(sizes)),
            parsed.GetRequiredValue(sets),
            parsed.GetRequiredValue(rounds),
            parsed.GetRequiredValue(seconds),
            pin: !parsed.GetValue(unpinned));
        return 0;
    }
    catch (FormatException problem)
    {
        Console.Error.WriteLine(problem.Message);
        return 2;
    }
});

var log = new Option<bool>("--log") { Description = "Log-softmax instead of softmax." };
var doubles = new Option<bool>("--double") { Description = "Double precision." };
var columns = new Option<int>("--columns") { Description = "Rows of this length; 0 for a single row.", DefaultValueFactory = _ => 0 };
var threads = new Option<int>("--threads")
{
    Description = "1 for one thread each; more for so many of ours against libtorch's default.",
    DefaultValueFactory = _ => 1,
};
var rowByRow = new Option<bool>("--row-by-row") { Description = "Call Compute for each row, as TensorPrimitives is called, instead of ComputeRows once." };
var libtorchKernels = new Option<LibTorchKernels>("--libtorch-kernels")
{
    Description = "The instruction set of libtorch's kernels: Faster tries both and takes the faster, Own leaves it to libtorch.",
    DefaultValueFactory = _ => LibTorchKernels.Faster,
};
var libraries = new Command("libraries", "Times Softmax.ComputeRows against TensorPrimitives and libtorch.")
{
    sizes, rounds, seconds, log, doubles, columns, threads, rowByRow, libtorchKernels,
};
libraries.SetAction(parsed =>
{
    try
    {
        var bench = new LibraryBench(
            parsed.GetValue(log), parsed.GetRequiredValue(columns), parsed.GetValue(rowByRow), parsed.GetRequiredValue(libtorchKernels),
            parsed.GetRequiredValue(threads), parsed.GetRequiredValue(rounds), parsed.GetRequiredValue(seconds));
        var counts = SizeRange.Parse(parsed.GetRequiredValue(sizes));
        if (parsed.GetValue(doubles))
            bench.Run<double>(Console.Out, counts);
        else
            bench.Run<float>(Console.Out, counts);
        return 0;
    }
    catch (FormatException problem)
    {
        Console.Error.WriteLine(problem.Message);
        return 2;
    }
});
command.Subcommands.Add(libraries);

var probe = new Command(LibTorchProbe.Command, "Times libtorch alone with the kernels of one instruction set, and writes nanoseconds an element.") { log, doubles, columns, libtorchKernels };
probe.SetAction(parsed => Console.Out.WriteLine(
    new LibTorchProbe(parsed.GetValue(log), parsed.GetValue(doubles), Math.Max(1, parsed.GetRequiredValue(columns)))
        .Measure(parsed.GetRequiredValue(libtorchKernels)).ToString(CultureInfo.InvariantCulture)));
command.Subcommands.Add(probe);
return command.Parse(args).Invoke();

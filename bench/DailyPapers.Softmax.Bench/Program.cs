// Times two-pass softmax against both three-pass variants and TensorPrimitives, on one thread, over sizes from L1 to memory.
using System.CommandLine;
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
return command.Parse(args).Invoke();

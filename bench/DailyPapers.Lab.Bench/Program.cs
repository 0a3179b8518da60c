// Times the lab's methods against their baselines: a command for each comparison, both sides in the same run.
using System.CommandLine;
using DailyPapers.Lab.Bench;
using DailyPapers.Lab.Bench.Rational;
using DailyPapers.Lab.Bench.Training;
using DailyPapers.Lab.Systems;

TorchNativeLibrary.Prepare();
FreedMemory.Keep();
var root = new RootCommand("Times the lab's methods against their baselines, side by side in one run.")
{
    MoeCommand.Create(),
    NormalizationCommand.Create(),
    RationalCommand.Create(),
    TrainingCommand.Create(),
};
return root.Parse(args).Invoke();

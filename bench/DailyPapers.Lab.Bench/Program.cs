// Times parts of the lab against their baselines, side by side and interleaved in one run: a command a comparison.
using System.CommandLine;
using DailyPapers.Lab.Bench;
using DailyPapers.Lab.Systems;

TorchNativeLibrary.Prepare();
return new RootCommand("Times parts of the lab against their baselines.")
{
    MoeCommand.Create(),
    NormalizationCommand.Create(),
}.Parse(args).Invoke();

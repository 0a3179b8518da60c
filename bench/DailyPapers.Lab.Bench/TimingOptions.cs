using System.CommandLine;

namespace DailyPapers.Lab.Bench;

/// <summary>What every comparison can be told about its timing.</summary>
internal static class TimingOptions
{
    internal static Option<int> Rounds() => new("--rounds") { Description = "The most interleaved rounds a comparison gets.", DefaultValueFactory = _ => 101 };

    internal static Option<double> Seconds() => new("--seconds") { Description = "Wall time a comparison gets, warm-up not included.", DefaultValueFactory = _ => 5 };
}

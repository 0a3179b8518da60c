namespace DailyPapers.Numerics.Tests;

public enum Algorithm
{
    TwoPass,
    ThreePassRecompute,
    ThreePassReload,
    Compute,
}

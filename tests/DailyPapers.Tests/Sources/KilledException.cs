namespace DailyPapers.Tests.Sources;

/// <summary>The simulated crash.</summary>
internal sealed class KilledException() : Exception("killed by the test");

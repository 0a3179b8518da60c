namespace DailyPapers.Tests.Digests;

internal sealed class SimulatedCrashException : Exception;

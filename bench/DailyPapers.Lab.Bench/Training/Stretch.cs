namespace DailyPapers.Lab.Bench.Training;

/// <summary>What a stretch of training steps took: seconds of the process's processor time and of the wall clock, and the last loss.</summary>
internal readonly record struct Stretch(double Processor, double Wall, double Loss);

namespace DailyPapers.Lab.Bench.Training;

/// <summary>One of the sides that train the same model.</summary>
internal interface ITrainingSide : IDisposable
{
    string Name { get; }

    Stretch Run(int steps);
}

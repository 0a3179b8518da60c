using DailyPapers.Search.Vectors;
using DailyPapers.Storage;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Tests.Search.Vectors;

/// <summary>A temporary folder for an index, and what the index logged.</summary>
internal sealed class VectorFolder : IDisposable, ILogger
{
    public const string Model = "test-model";
    public const string Lineage = "history";

    public string Path { get; } = Directory.CreateTempSubdirectory("vectors-").FullName;

    public List<string> Warnings { get; } = [];

    public VectorIndex OpenToWrite(int dimensions = 64, string model = Model, string lineage = Lineage) =>
        TryOpenToWrite(dimensions, model, lineage)!;

    public VectorIndex? TryOpenToWrite(int dimensions = 64, string model = Model, string lineage = Lineage) =>
        VectorIndex.OpenToWrite(Path, model, dimensions, lineage, this);

    public VectorIndex? OpenToRead() => VectorIndex.OpenToRead(Path, this);

    /// <summary>Copies the files as they are at this moment, those written last first or last.</summary>
    public VectorFolder Copy(bool manifestFirst)
    {
        var copy = new VectorFolder();
        var files = Directory.GetFiles(Path).OrderBy(file => System.IO.Path.GetFileName(file) == "manifest" != manifestFirst);
        foreach (var file in files)
        {
            try
            {
                using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var target = File.Create(System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
                source.CopyTo(target);
            }
            catch (IOException)
            {
                // The lock, or a file deleted meanwhile.
            }
        }
        return copy;
    }

    public static ContentVersion At(long number) => new(Lineage, number);

    public static float[] Vector(Random random, int dimensions)
    {
        var vector = new float[dimensions];
        for (var i = 0; i < dimensions; i++)
            vector[i] = Gaussian(random);
        return vector;
    }

    /// <summary>Vectors in clusters that share a direction, as embeddings of one corpus do.</summary>
    public static List<float[]> Clustered(Random random, int count, int dimensions)
    {
        var common = Vector(random, dimensions);
        var centers = Enumerable.Range(0, (count / 50) + 1).Select(_ => Vector(random, dimensions)).ToList();
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var center = centers[random.Next(centers.Count)];
            return Vector(random, dimensions).Select((x, i) => (0.7f * x) + center[i] + (0.5f * common[i])).ToArray();
        })];
    }

    public static double Cosine(float[] a, float[] b) =>
        a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x));

    public static List<(long PaperId, ReadOnlyMemory<float> Vector)> Numbered(IEnumerable<float[]> vectors, long first = 1) =>
        [.. vectors.Select((vector, i) => (first + i, (ReadOnlyMemory<float>)vector))];

    public void Dispose() => Directory.Delete(Path, recursive: true);

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning)
            Warnings.Add(formatter(state, exception));
    }

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    private static float Gaussian(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}

namespace DailyPapers.Embedding.Onnx.Tests;

/// <summary>Vectors of an encoder, and whether they are those of a formula.</summary>
internal static class Near
{
    public static async Task<float[][]> EncodeAsync(this OnnxSentenceEncoder encoder, params IReadOnlyList<string> texts) =>
        [.. (await encoder.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken)).Select(embedding => embedding.Vector.ToArray())];

    public static void Equal(IReadOnlyList<double> expected, IReadOnlyList<float> actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }

    public static void Equal(IReadOnlyList<float> expected, IReadOnlyList<float> actual) => Equal([.. expected.Select(x => (double)x)], actual);
}

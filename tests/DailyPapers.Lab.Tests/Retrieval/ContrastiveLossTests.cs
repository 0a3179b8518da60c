using DailyPapers.Lab.Retrieval;

namespace DailyPapers.Lab.Tests.Retrieval;

public sealed class ContrastiveLossTests
{
    private const int Batch = 64;
    private const int Dimensions = 64;

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        var random = new Random(3);
        var (queries, documents) = (Draw(random), Draw(random));
        var (queryGradients, documentGradients) = (new float[queries.Length], new float[queries.Length]);
        Loss().Backward([.. queries], [.. documents], queryGradients, documentGradients);
        for (var trial = 0; trial < 20; trial++)
        {
            var (queryDirection, documentDirection) = (Draw(random), Draw(random));
            var expected = Dot(queryGradients, queryDirection) + Dot(documentGradients, documentDirection);
            const float step = 2e-3f;
            var measured = (Value(Along(queries, queryDirection, step), Along(documents, documentDirection, step))
                - Value(Along(queries, queryDirection, -step), Along(documents, documentDirection, -step))) / (2 * step);
            Assert.InRange(measured, expected - (0.01 * Math.Abs(expected)) - 2e-3, expected + (0.01 * Math.Abs(expected)) + 2e-3);
        }
    }

    [Fact]
    public void Each_side_s_gradient_alone_agrees_too()
    {
        var random = new Random(5);
        var (queries, documents) = (Draw(random), Draw(random));
        var (queryGradients, documentGradients) = (new float[queries.Length], new float[queries.Length]);
        Loss().Backward([.. queries], [.. documents], queryGradients, documentGradients);
        // Downhill along one side's own gradient, the slope is minus its squared length.
        foreach (var (gradient, ofQueries) in new[] { (queryGradients, true), (documentGradients, false) })
        {
            var slope = Dot(gradient, gradient);
            var step = (float)(1e-2 / Math.Sqrt(slope));
            var measured = (Value(ofQueries ? Along(queries, gradient, step) : queries, ofQueries ? documents : Along(documents, gradient, step))
                - Value(ofQueries ? Along(queries, gradient, -step) : queries, ofQueries ? documents : Along(documents, gradient, -step))) / (2 * step);
            Assert.InRange(measured / slope, 0.98, 1.02);
        }
    }

    [Fact]
    public void Chance_costs_the_logarithm_of_the_batch_and_certainty_nothing()
    {
        var same = Enumerable.Repeat(1f, Batch * Dimensions).ToArray();
        Assert.Equal(Math.Log(Batch), Value(same, [.. same]), 1e-4);
        var apart = new float[Batch * Dimensions];
        for (var i = 0; i < Batch; i++)
            apart[(i * Dimensions) + i] = 3;
        Assert.Equal(Math.Log(1 + ((Batch - 1) * Math.Exp(-10))), Value(apart, [.. apart]), 1e-4);
    }

    [Fact]
    public void A_size_that_does_not_fit_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ContrastiveLoss(63, Dimensions, 0.1f, new ParallelOptions()));

    private static ContrastiveLoss Loss() => new(Batch, Dimensions, 0.1f, new ParallelOptions { MaxDegreeOfParallelism = 2 });

    private static double Value(float[] queries, float[] documents) =>
        Loss().Backward([.. queries], [.. documents], new float[queries.Length], new float[queries.Length]);

    private static float[] Draw(Random random) => [.. Enumerable.Range(0, Batch * Dimensions).Select(_ => (random.NextSingle() - 0.5f) * 2)];

    private static float[] Along(float[] point, float[] direction, float step) => [.. point.Zip(direction, (x, d) => x + (step * d))];

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}

using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.ClickThroughRate;
using static TorchSharp.torch;
using FinalMlpModel = DailyPapers.Lab.Architectures.ClickThroughRate.FinalMlp;

namespace DailyPapers.Lab.Runner.Papers.Finalmlp;

/// <summary>Claims that no seed changes.</summary>
internal static class ExactChecks
{
    private static readonly (FinalMlpOptions Options, long Parameters)[] _published =
    [
        (FinalMlpOptions.Frappe, 253_392), (FinalMlpOptions.MovieLens, 1_040_902), (FinalMlpOptions.Avazu, 13_979_472), (FinalMlpOptions.CriteoX4, 19_524_954),
    ];

    internal static double HeadsDeviation(int width)
    {
        var largest = 0L;
        for (var heads = 1; heads <= width; heads++)
        {
            if (width % heads != 0)
                continue;
            using var fusion = new MultiHeadBilinearFusion(width, 2 * width, heads, device: META);
            var products = ModelCost.Parameters(fusion) - ModelCost.Parameters(fusion.First) - ModelCost.Parameters(fusion.Second);
            largest = Math.Max(largest, Math.Abs(products - width * 2L * width / heads));
        }
        return largest;
    }

    internal static double PublishedDeviation() => _published.Max(published =>
    {
        using var model = new FinalMlpModel(published.Options, device: META);
        return (double)Math.Abs(ModelCost.Parameters(model) - published.Parameters);
    });

    internal static double SpecialCaseDeviation(Seed seed)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        seed.SeedTorch();
        int[] cardinalities = [5, 9, 40];
        using var final = new FinalMlpModel(new(cardinalities, 4, [16, 8], [12, 8]) { NumHeads = 4, EmbeddingDeviation = 1 });
        using var dual = new DualMlp(cardinalities, 4, [[16, 8], [12, 8]]);
        var fusion = (MultiHeadBilinearFusion)final.Fusion;
        fusion.Products.zero_();
        Tensor[] from = [final.Embedding.Weight, .. final.Mlp1.parameters(), .. final.Mlp2.parameters(), .. fusion.First.parameters(), .. fusion.Second.parameters()];
        Tensor[] to =
            [dual.Embedding.Weight, .. dual.Streams[0].parameters(), .. dual.Streams[1].parameters(), .. dual.Outputs[0].parameters(), .. dual.Outputs[1].parameters()];
        for (var i = 0; i < from.Length; i++)
            to[i].copy_(from[i]);
        var ids = stack([.. cardinalities.Select(size => randint(0, size, [200], dtype: ScalarType.Int64))], 1);
        return (final.call(ids) - dual.call(ids)).abs().max().to(float64).item<double>();
    }
}

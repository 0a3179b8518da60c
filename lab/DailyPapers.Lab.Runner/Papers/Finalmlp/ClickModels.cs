using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.ClickThroughRate;
using static TorchSharp.torch;
using FinalMlpModel = DailyPapers.Lab.Architectures.ClickThroughRate.FinalMlp;
using Model = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Papers.Finalmlp;

/// <summary>The models that are compared, as wide as one budget of parameters allows.</summary>
internal sealed class ClickModels
{
    internal const int EmbeddingDim = 8;

    private const int CrossLayers = 2;
    private const int GateUnits = 16;
    private const double Deviation = 0.01;

    private readonly IReadOnlyList<int> _cardinalities;
    private readonly int _width;
    private readonly long _budget;

    /// <summary>FinalMLP of this width sets the budget.</summary>
    internal ClickModels(IReadOnlyList<int> cardinalities, int width)
    {
        (_cardinalities, _width) = (cardinalities, width);
        _budget = Parameters(device => Final(width, true, 1, null, device));
    }

    internal Model Build(string name)
    {
        var build = Builder(name);
        return build(Width(name, build), null);
    }

    /// <summary>All parameters of a model, embeddings included.</summary>
    internal long Parameters(string name)
    {
        var build = Builder(name);
        return Parameters(device => build(Width(name, build), device));
    }

    // Head counts are compared at one width, so that only the number of products changes.
    private int Width(string name, Func<int, Device?, Model> build) =>
        name.StartsWith("final", StringComparison.Ordinal) || name.StartsWith("heads-", StringComparison.Ordinal) ? _width : WidthFor(build);

    private Func<int, Device?, Model> Builder(string name) => name switch
    {
        "regression" => (_, device) => new FactorizationMachine(_cardinalities, 0, Deviation, device),
        "mlp" => (width, device) => Dual([[width, width]], device),
        "dual" => (width, device) => Dual([[width, width], [width, width]], device),
        "concat" => (width, device) => Final(width, false, 1, new ConcatFusion(width, width, device), device),
        "hadamard" => (width, device) => Final(width, false, 1, new HadamardFusion(width, device), device),
        "final" => (width, device) => Final(width, true, 1, null, device),
        "final-context" => (width, device) => Final(width, true, 1, null, device, [0], [1]),
        "deepfm" => (width, device) => new DeepFm(_cardinalities, EmbeddingDim, [width, width], embeddingDeviation: Deviation, device: device),
        "dcn" => (width, device) => new CrossNetV2(_cardinalities, EmbeddingDim, CrossLayers, [width, width], embeddingDeviation: Deviation, device: device),
        "bilinear" or "heads-1" => (width, device) => Final(width, false, 1, null, device),
        "heads-8" => (width, device) => Final(width, false, 8, null, device),
        "heads-all" => (width, device) => Final(width, false, width, null, device),
        _ => throw new ArgumentException($"There is no model '{name}'.", nameof(name)),
    };

    private DualMlp Dual(IReadOnlyList<IReadOnlyList<int>> streams, Device? device) =>
        new(_cardinalities, EmbeddingDim, streams, embeddingDeviation: Deviation, device: device);

    private FinalMlpModel Final(
        int width, bool gates, int heads, nn.Module<Tensor, Tensor, Tensor>? fusion, Device? device, IReadOnlyList<int>? first = null, IReadOnlyList<int>? second = null) =>
        new(
            new(_cardinalities, EmbeddingDim, [width, width], [width, width])
            {
                UseFs = gates,
                FsHiddenUnits = [GateUnits],
                Fs1Context = first ?? [],
                Fs2Context = second ?? [],
                NumHeads = heads,
                EmbeddingDeviation = Deviation,
            },
            fusion, device);

    // #region budget
    // The largest width whose parameters the budget allows.
    private int WidthFor(Func<int, Device?, Model> build)
    {
        var width = 1;
        while (Parameters(device => build(width + 1, device)) <= _budget && width < 4 * _width)
            width++;
        return width;
    }
    // #endregion budget

    private static long Parameters(Func<Device, Model> build)
    {
        using var model = build(META);
        return ModelCost.Parameters(model);
    }
}

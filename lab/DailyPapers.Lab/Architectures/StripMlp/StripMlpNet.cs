using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.StripMlp;

/// <summary>
/// Strip-MLP (Cao et al. 2023, figure 2a): a pyramid of stages, each with half the rows and columns and twice the channels of the one
/// before. What enters a stage from the second on also reaches all later stages, through depth-wise convolutions of stride 2. A linear
/// head reads the mean over positions after a batch norm.
/// </summary>
/// <remarks>Weights come from TorchSharp's global generator; seed it first (<see cref="Seed.SeedTorch"/>).</remarks>
public sealed class StripMlpNet : Module<Tensor, Tensor>
{
    private readonly Conv2d _patches;
    private readonly ModuleList<ModuleList<Module<Tensor, Tensor>>> _stages;
    private readonly ModuleList<Conv2d> _merges;
    private readonly ModuleList<Conv2d> _skips;
    private readonly BatchNorm2d _norm;
    private readonly Linear _head;
    private readonly StripMlpConfig _config;

    /// <summary>A network of the given blocks.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="block">A block of a stage, from 0, for its channels and the side of its map; (n, channels, side, side) to the same shape.</param>
    /// <param name="device">Where the other weights live; the CPU unless given.</param>
    /// <param name="dtype">Their type; 32-bit floats unless given.</param>
    public StripMlpNet(
        StripMlpConfig config, Func<int, long, long, Module<Tensor, Tensor>> block, Device? device = null, ScalarType? dtype = null)
        : base(nameof(StripMlpNet))
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(block);
        config.Validate();
        _config = config;
        var stages = config.Depths.Count;
        _patches = Conv2d(config.Channels, config.Dim, config.Patch, stride: config.Patch, bias: false, device: device, dtype: dtype);
        _stages = ModuleList<ModuleList<Module<Tensor, Tensor>>>([.. config.Depths.Select((depth, stage) => ModuleList<Module<Tensor, Tensor>>(
            [.. Enumerable.Range(0, depth).Select(_ => block(stage, config.Width(stage), config.MapSide(stage)))]))]);
        _merges = ModuleList<Conv2d>([.. Enumerable.Range(1, stages - 1).Select(stage => Halving(stage, groups: 1))]);
        // In the order of use: into stage 2 that of stage 1; into stage 3 those of stages 1 and 2; ...
        _skips = ModuleList<Conv2d>([.. Enumerable.Range(1, stages - 1).SelectMany(stage =>
            Enumerable.Range(1, stage - 1).Select(_ => Halving(stage, groups: config.Width(stage - 1))))]);
        _norm = BatchNorm2d(config.Width(stages - 1), device: device, dtype: dtype);
        _head = Linear(config.Width(stages - 1), config.Classes, true, device, dtype);
        RegisterComponents();

        Conv2d Halving(int stage, long groups) => Conv2d(
            config.Width(stage - 1), config.Width(stage), 2, stride: 2, groups: groups, bias: false, device: device, dtype: dtype);
    }

    /// <summary>The paper's network, or one of the same sizes with other pieces.</summary>
    public static StripMlpNet Plain(StripMlpConfig config, StripMixingOptions? options = null, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new(
            config, (_, channels, side) => MixingBlock.StripMlp(channels, side, config.Alpha * channels, options, config.DropPath, device, dtype), device, dtype);
    }

    /// <summary>The feature map after a stage.</summary>
    /// <param name="images">(n, channels, side, side).</param>
    /// <param name="stage">The stage, from 0; the last unless given.</param>
    /// <returns>(n, Width(stage), MapSide(stage), MapSide(stage)).</returns>
    public Tensor FeatureMap(Tensor images, int? stage = null)
    {
        TensorShape.Require(images, nameof(images), TensorShape.Any, _config.Channels, _config.Side, _config.Side);
        var last = stage ?? _config.Depths.Count - 1;
        ArgumentOutOfRangeException.ThrowIfNegative(last, nameof(stage));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(last, _config.Depths.Count, nameof(stage));
        using var scope = NewDisposeScope();
        var x = _patches.call(images);
        var earlier = new List<Tensor>();
        var skip = 0;
        for (var at = 0; ; at++)
        {
            if (at > 0)
            {
                x = _merges[at - 1].call(x);
                for (var from = 0; from < earlier.Count; from++)
                    earlier[from] = _skips[skip++].call(earlier[from]);
                var entered = x;
                foreach (var halved in earlier)
                    x = x + halved;
                earlier.Add(entered);
            }
            foreach (var block in _stages[at])
                x = block.call(x);
            if (at == last)
                return x.MoveToOuterDisposeScope();
        }
    }

    /// <inheritdoc/>
    /// <param name="input">Images, (n, channels, side, side).</param>
    /// <returns>Logits, (n, classes).</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return _head.call(_norm.call(FeatureMap(input)).mean([2, 3])).MoveToOuterDisposeScope();
    }
}

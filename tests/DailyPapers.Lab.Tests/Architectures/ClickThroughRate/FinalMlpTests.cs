using CsCheck;
using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Architectures.ClickThroughRate;
using DailyPapers.Lab.Architectures.Serialization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.ClickThroughRate;

public sealed class FinalMlpTests
{
    private static readonly int[] _cardinalities = [5, 9, 40];

    private static readonly FinalMlpOptions _small = new(_cardinalities, 4, [16, 8], [12, 8]) { NumHeads = 4, EmbeddingDeviation = 1, FsHiddenUnits = [6] };

    [Fact]
    public void Published_configurations_have_the_parameters_of_the_authors_training_logs()
    {
        Assert.Equal(253_392, Parameters(FinalMlpOptions.Frappe));
        Assert.Equal(1_040_902, Parameters(FinalMlpOptions.MovieLens));
        Assert.Equal(13_979_472, Parameters(FinalMlpOptions.Avazu));
        Assert.Equal(19_524_954, Parameters(FinalMlpOptions.CriteoX4));

        static long Parameters(FinalMlpOptions options)
        {
            using var model = new FinalMlp(options, device: META);
            return ModelCost.Parameters(model);
        }
    }

    [Fact]
    public void Parameters_and_multiply_adds_are_those_of_the_formula() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 6], Gen.Int[1, 5], Gen.Bool, Gen.Bool).Sample((heads, dim, share, gates, context) =>
        {
            var (d1, d2, h) = (heads * share, heads * (share + 1), 7);
            using var model = new FinalMlp(new(_cardinalities, dim, [10, d1], [d2])
            {
                NumHeads = heads,
                UseFs = gates,
                FsHiddenUnits = [h, 3],
                Fs1Context = context ? [2, 0] : [],
            });
            var inputs = 3 * dim;
            long streams = (inputs + 1) * 10 + 11 * d1 + (inputs + 1) * d2;
            long fusion = d1 + 1 + d2 + 1 + d1 * d2 / heads;
            var gate = (int contextDim) => (contextDim + 1) * h + (h + 1) * 3 + (3 + 1) * inputs;
            long gating = gates ? gate(context ? 2 * dim : dim) + (context ? 45 * dim : dim) + gate(dim) + dim : 0;
            Assert.Equal(54 * dim + streams + fusion + gating, ModelCost.Parameters(model));

            using var ids = zeros(5, 3, dtype: ScalarType.Int64);
            long products = 5 * (inputs * 10 + 10 * d1 + inputs * d2 + d1 + d2 + d1 * d2 / heads + d2);
            // A gate without context fields is computed once for all rows.
            long gateProducts = gates ? (context ? 5 : 1) * ((context ? 2 * dim : dim) * h + h * 3 + 3 * inputs) + dim * h + h * 3 + 3 * inputs : 0;
            Assert.Equal(products + gateProducts, ModelCost.MultiplyAdds(model, ids));
        }, iter: 30);

    [Fact]
    public void Without_products_and_with_neutral_gates_it_is_a_dual_mlp()
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        new Seed(1).SeedTorch();
        using var final = new FinalMlp(_small);
        using var dual = new DualMlp(_cardinalities, 4, [[16, 8], [12, 8]]);
        var fusion = (MultiHeadBilinearFusion)final.Fusion;
        var ids = Ids(50);
        Tensor[] from = [final.Embedding.Weight, .. final.Mlp1.parameters(), .. final.Mlp2.parameters(), .. fusion.First.parameters(), .. fusion.Second.parameters()];
        Tensor[] to = [dual.Embedding.Weight, .. dual.Streams.SelectMany(stream => stream.parameters()), .. dual.Outputs.SelectMany(output => output.parameters())];
        foreach (var (target, source) in to.Zip(from))
            target.copy_(source);
        Assert.False(final.call(ids).allclose(dual.call(ids), 1e-2, 1e-2));
        fusion.Products.zero_();
        Assert.True(final.call(ids).allclose(dual.call(ids), 1e-6, 1e-6));
    }

    [Fact]
    public void A_gate_is_one_at_logit_zero_with_slope_one_half()
    {
        using var scope = NewDisposeScope();
        using var gate = new FeatureGate(3, 5, [4], dtype: float64);
        using (no_grad())
            gate.Output.weight!.zero_();
        var context = randn(2, 3, dtype: float64);
        var weights = gate.call(context);
        Assert.Equal(1, weights.min().item<double>());
        Assert.Equal(1, weights.max().item<double>());
        weights.sum().backward();
        // d 2σ(z)/dz = 2 · 1/4 at 0, for each of the two rows.
        Assert.True(gate.Output.bias!.grad!.allclose(ones(5, dtype: float64), 1e-12, 1e-12));
    }

    [Fact]
    public void Without_context_fields_the_gate_is_one_row_that_only_its_last_bias_can_change_from_the_initial_weights()
    {
        using var scope = NewDisposeScope();
        new Seed(2).SeedTorch();
        using var model = new FinalMlp(_small, dtype: float64);
        Assert.Equal([1L, 12L], model.Gates[0].call(Ids(7)).shape);
        model.call(Ids(30)).square().sum().backward();
        foreach (var gate in model.Gates)
        {
            Assert.Equal(0, gate.Context!.grad!.abs().max().item<double>());
            Assert.Equal(0, gate.Gate.Hidden.parameters().First().grad!.abs().max().item<double>());
            Assert.Equal(0, gate.Gate.Output.weight!.grad!.abs().max().item<double>());
            Assert.True(gate.Gate.Output.bias!.grad!.abs().max().item<double>() > 0);
        }
    }

    [Fact]
    public void With_context_fields_the_gate_depends_on_these_fields_only()
    {
        using var scope = NewDisposeScope();
        new Seed(3).SeedTorch();
        using var model = new FinalMlp(_small with { Fs1Context = [1], Fs2Context = [0, 2] });
        var ids = Ids(20);
        var changed = ids.clone();
        changed.select(1, 1).copy_((ids.select(1, 1) + 1) % 9);
        Assert.False(model.Gates[0].call(ids).allclose(model.Gates[0].call(changed), 1e-4, 1e-4));
        Assert.True(model.Gates[1].call(ids).equal(model.Gates[1].call(changed)).all().item<bool>());
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences()
    {
        using var scope = NewDisposeScope();
        new Seed(4).SeedTorch();
        using var model = new FinalMlp(_small with { Fs1Context = [1] }, dtype: float64);
        var ids = Ids(6);
        model.call(ids).square().sum().backward();
        using var inference = no_grad();
        foreach (var (name, parameter) in model.named_parameters())
        {
            var direction = randn_like(parameter);
            var slope = (parameter.grad! * direction).sum().item<double>();
            const double step = 1e-6;
            parameter.add_(direction * step);
            var above = model.call(ids).square().sum().item<double>();
            parameter.sub_(direction * (2 * step));
            var below = model.call(ids).square().sum().item<double>();
            parameter.add_(direction * step);
            // The learnt context sits on ReLU's kink, where both sides differ.
            if (!name.Contains("_gate2._context", StringComparison.Ordinal) && !name.Contains("_gate2._gate._hidden", StringComparison.Ordinal))
                Assert.True(Math.Abs((above - below) / (2 * step) - slope) <= 1e-5 * Math.Max(1, Math.Abs(slope)), name);
        }
    }

    [Fact]
    public void Weights_survive_a_safetensors_file()
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(Directory.CreateTempSubdirectory("clicks").FullName, "model.safetensors");
        var options = _small with { Fs1Context = [1], Mlp1BatchNorm = true };
        using var model = new FinalMlp(options);
        using var other = new FinalMlp(options);
        model.call(Ids(30));
        model.eval();
        other.eval();
        model.SaveSafetensors(path);
        Assert.False(model.call(Ids(9)).allclose(other.call(Ids(9)), 1e-6, 1e-6));
        other.LoadSafetensors(path);
        Assert.True(model.call(Ids(9)).equal(other.call(Ids(9))).all().item<bool>());
        Directory.Delete(Path.GetDirectoryName(path)!, true);
    }

    [Fact]
    public void Published_dropout_and_norms_act_in_training_only()
    {
        using var scope = NewDisposeScope();
        using var model = new FinalMlp(FinalMlpOptions.Frappe with { EmbeddingDeviation = 1 });
        var ids = zeros(4, 10, dtype: ScalarType.Int64);
        ids.select(1, 0).copy_(arange(4));
        Assert.False(model.call(ids).allclose(model.call(ids), 1e-6, 1e-6));
        model.eval();
        Assert.True(model.call(ids).equal(model.call(ids)).all().item<bool>());
        Assert.Equal([4L], model.call(ids).shape);
    }

    [Fact]
    public void Wrong_shapes_and_ids_are_named()
    {
        using var scope = NewDisposeScope();
        using var model = new FinalMlp(_small);
        Starts("input: expected (*, 3), got (2, 4)", () => model.call(zeros(2, 4, dtype: ScalarType.Int64)));
        Starts("input: expected ids as Int64, got Float32", () => model.call(zeros(2, 3)));
        Starts("input: expected ids from 0 to 8 in field 1, got 9 in row 1", () => model.call(tensor(new long[,] { { 4, 8, 39 }, { 4, 9, 39 } })));
        Starts("input2: expected (2, 4), got (3, 4)", () => new MultiHeadBilinearFusion(6, 4, 2).call(zeros(2, 6), zeros(3, 4)));
        Starts("d1 6 and d2 4 are not both divisible by heads 4", () => new MultiHeadBilinearFusion(6, 4, 4));
        Starts("The context field 3 is not one of the 3 fields", () => new FinalMlp(_small with { Fs2Context = [3] }));

        static void Starts(string message, Func<object> action) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    private static Tensor Ids(int rows)
    {
        new Seed(9).SeedTorch();
        return stack([.. _cardinalities.Select(size => randint(0, size, [rows], dtype: ScalarType.Int64))], 1);
    }
}

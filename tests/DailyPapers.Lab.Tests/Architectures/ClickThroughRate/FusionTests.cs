using CsCheck;
using DailyPapers.Lab.Architectures.ClickThroughRate;
using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.ClickThroughRate;

public sealed class FusionTests
{
    [Fact]
    public void Heads_are_a_block_diagonal_matrix_between_the_streams() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 3]).Sample((heads, share1, share2, logits) =>
        {
            using var scope = NewDisposeScope();
            new Seed(heads).SeedTorch();
            var (d1, d2) = (heads * share1, heads * share2);
            using var fusion = new MultiHeadBilinearFusion(d1, d2, heads, logits, dtype: float64);
            var (o1, o2) = (randn(5, d1, dtype: float64), randn(5, d2, dtype: float64));
            var blocks = fusion.Products.view(heads, share1, share2, logits);
            var whole = zeros(d1, d2, logits, dtype: float64);
            for (var head = 0; head < heads; head++)
                whole.narrow(0, head * share1, share1).narrow(1, head * share2, share2).copy_(blocks[head].detach());
            var expected = fusion.First.call(o1) + fusion.Second.call(o2) + einsum("na,abo,nb->no", o1, whole, o2);
            Assert.True(fusion.call(o1, o2).allclose(expected, 1e-12, 1e-12));
        }, iter: 30);

    [Fact]
    public void The_products_have_d1_d2_over_k_parameters()
    {
        for (var heads = 1; heads <= 24; heads++)
        {
            if (24 % heads != 0)
                continue;
            using var fusion = new MultiHeadBilinearFusion(24, 48, heads, device: META);
            Assert.Equal(24 * 48 / heads, fusion.Products.numel());
        }
    }

    [Fact]
    public void A_head_for_every_number_is_the_element_wise_product()
    {
        using var scope = NewDisposeScope();
        using var fusion = new MultiHeadBilinearFusion(6, 6, 6);
        var (o1, o2) = (randn(5, 6), randn(5, 6));
        var expected = (o1 * o2).matmul(fusion.Products) + fusion.First.call(o1) + fusion.Second.call(o2);
        Assert.True(fusion.call(o1, o2).allclose(expected, 1e-5, 1e-5));
    }

    [Fact]
    public void A_factorization_machine_is_the_sum_over_pairs()
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        var vectors = randn(4, 5, 3, dtype: float64);
        var expected = zeros(4, dtype: float64);
        for (var f = 0; f < 5; f++)
            for (var g = f + 1; g < 5; g++)
                expected = expected + (vectors.select(1, f) * vectors.select(1, g)).sum(1);
        Assert.True(FactorizationMachine.Pairs(vectors).allclose(expected, 1e-12, 1e-12));
    }

    [Fact]
    public void Bilinear_fusion_of_linear_streams_is_a_factorization_machine_of_two_fields()
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        using var embedding = new FieldEmbedding([6, 7], 3, 1, dtype: float64);
        using var fusion = new MultiHeadBilinearFusion(3, 3, dtype: float64);
        fusion.First.weight!.zero_();
        fusion.Second.weight!.zero_();
        fusion.Products.copy_(eye(3, dtype: float64).reshape(9, 1));
        var vectors = embedding.call(tensor(new long[,] { { 5, 6 }, { 0, 2 } }));
        Assert.True(fusion.call(vectors.select(1, 0), vectors.select(1, 1)).squeeze(1).allclose(FactorizationMachine.Pairs(vectors), 1e-12, 1e-12));
    }

    [Fact]
    public void Cross_layers_follow_their_recursion()
    {
        using var scope = NewDisposeScope();
        using var cross = new CrossLayers(4, 2, dtype: float64);
        var x0 = randn(3, 4, dtype: float64);
        var x1 = x0 * cross.Layers[0].call(x0) + x0;
        var x2 = x0 * cross.Layers[1].call(x1) + x1;
        Assert.True(cross.call(x0).allclose(x2, 1e-12, 1e-12));
    }

    [Fact]
    public void Fields_have_their_own_rows_in_the_table()
    {
        using var scope = NewDisposeScope();
        using var embedding = new FieldEmbedding([2, 3], 4, 1);
        var vectors = embedding.call(tensor(new long[,] { { 1, 0 }, { 0, 2 } }));
        Assert.True(vectors.reshape(4, 4).equal(embedding.Weight.index_select(0, tensor(new long[] { 1, 2, 0, 4 }))).all().item<bool>());
    }

    [Fact]
    public void Models_can_be_moved_to_another_type_and_still_train()
    {
        using var scope = NewDisposeScope();
        new Seed(6).SeedTorch();
        int[] cardinalities = [4, 6];
        nn.Module<Tensor, Tensor>[] models =
        [
            new FactorizationMachine(cardinalities, 3, 1), new DualMlp(cardinalities, 3, [[8, 5], [4]], embeddingDeviation: 1), new DeepFm(cardinalities, 3, [8], embeddingDeviation: 1),
            new CrossNetV2(cardinalities, 3, 2, [8], embeddingDeviation: 1), new FinalMlp(new(cardinalities, 3, [6], [6]) { EmbeddingDeviation = 1, Fs1Context = [1], NumHeads = 2 }),
        ];
        var ids = stack([.. cardinalities.Select(size => randint(0, size, [40], dtype: ScalarType.Int64))], 1);
        foreach (var model in models)
        {
            var before = model.call(ids).to(float64);
            model.to(float64);
            var after = model.call(ids);
            Assert.Equal(float64, after.dtype);
            Assert.True(before.allclose(after, 1e-5, 1e-5));
            after.square().sum().backward();
            Assert.All(model.named_parameters(), parameter => Assert.False(parameter.parameter.grad is null, $"{model.GetName()} {parameter.name}"));
        }
    }

    [Fact]
    public void Every_model_gives_one_logit_a_row_and_trains_all_it_has()
    {
        using var scope = NewDisposeScope();
        new Seed(5).SeedTorch();
        int[] cardinalities = [4, 6];
        nn.Module<Tensor, Tensor>[] models =
        [
            new FactorizationMachine(cardinalities, 0, dtype: float64), new FactorizationMachine(cardinalities, 3, 1, dtype: float64),
            new DualMlp(cardinalities, 3, [[8, 5]], embeddingDeviation: 1, dtype: float64), new DualMlp(cardinalities, 3, [[8, 5], [4]], embeddingDeviation: 1, dtype: float64),
            new DeepFm(cardinalities, 3, [8], embeddingDeviation: 1, dtype: float64), new CrossNetV2(cardinalities, 3, 2, [8], embeddingDeviation: 1, dtype: float64),
            new FinalMlp(new(cardinalities, 3, [6], [6]) { UseFs = false, EmbeddingDeviation = 1 }, new ConcatFusion(6, 6, dtype: float64), dtype: float64),
            new FinalMlp(new(cardinalities, 3, [6], [6]) { UseFs = false, EmbeddingDeviation = 1 }, new HadamardFusion(6, dtype: float64), dtype: float64),
        ];
        var ids = stack([.. cardinalities.Select(size => randint(0, size, [40], dtype: ScalarType.Int64))], 1);
        foreach (var model in models)
        {
            var logits = model.call(ids);
            Assert.Equal([40L], logits.shape);
            Assert.Equal(float64, logits.dtype);
            logits.square().sum().backward();
            Assert.All(model.named_parameters(), parameter => Assert.True(parameter.parameter.grad!.abs().sum().item<double>() > 0, $"{model.GetName()} {parameter.name}"));
        }
    }

    [Fact]
    public void A_concatenation_says_what_a_sum_says()
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        using var fusion = new ConcatFusion(3, 2);
        var weight = fusion.parameters().First();
        var (o1, o2) = (randn(4, 3), randn(4, 2));
        var expected = o1.matmul(weight[0, ..3]) + o2.matmul(weight[0, 3..]);
        Assert.True(fusion.call(o1, o2).squeeze(1).allclose(expected, 1e-5, 1e-6));
    }
}

using CsCheck;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization.ModularAddition;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.ModularAddition;

public sealed class WholeTableDescentTests
{
    [Fact]
    public void Its_gradients_are_those_of_automatic_differentiation() =>
        Gen.Int[0, 1000].Sample(value =>
        {
            using var scope = NewDisposeScope();
            using var data = Data(value);
            using var network = Network(value);
            using var descent = new WholeTableDescent(network, data, 0);
            var (left, right, output) = descent.Gradients();
            Loss(network, data).backward();
            Assert.True(allclose(network.Left.grad!, left, rtol: 1e-10, atol: 1e-14));
            Assert.True(allclose(network.Right.grad!, right, rtol: 1e-10, atol: 1e-14));
            Assert.True(allclose(network.Output.grad!, output, rtol: 1e-10, atol: 1e-14));
        }, iter: 20);

    [Theory]
    [InlineData(0.0)]
    [InlineData(3.0)]
    public void Its_steps_are_those_of_AdamW(double weightDecay)
    {
        using var scope = NewDisposeScope();
        using var data = Data(1);
        using var network = Network(2);
        using var reference = Network(2);
        using var descent = new WholeTableDescent(network, data, weightDecay);
        var optimizer = optim.AdamW(reference.Parameters, 0.01, beta1: 0.9, beta2: 0.98, eps: 1e-8, weight_decay: weightDecay);
        for (var step = 0; step < 10; step++)
        {
            descent.Step();
            optimizer.zero_grad();
            Loss(reference, data).backward();
            optimizer.step();
        }
        using var noGradient = no_grad();
        Assert.True(allclose(reference.Left, network.Left, rtol: 1e-8, atol: 1e-10));
        Assert.True(allclose(reference.Output, network.Output, rtol: 1e-8, atol: 1e-10));
    }

    [Fact]
    public void Its_accuracies_are_those_of_predictions()
    {
        using var data = Data(3);
        using var network = Network(4);
        using var descent = new WholeTableDescent(network, data, 0);
        for (var step = 0; step < 30; step++)
            descent.Step();
        Assert.Equal(CorruptedAccuracy.Of(network, data), descent.Look());
        Assert.InRange(descent.Look().Train, 0.3, 1);
    }

    [Fact]
    public void It_refuses_what_does_not_belong_together()
    {
        using var data = Data(5);
        using var other = new QuadraticMlp(5, 4, new Seed(1));
        using var normalised = new QuadraticMlp(7, 4, new Seed(1), normalised: true);
        Assert.Throws<ArgumentException>(() => new WholeTableDescent(other, data, 0));
        Assert.Throws<ArgumentException>(() => new WholeTableDescent(normalised, data, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WholeTableDescent(other, data, -1));
    }

    private static ModularArithmeticDataset Data(int seed) => new(7, ModularOperation.Addition, 0.6, 0.2, new Seed(seed).Stream("data"));

    private static QuadraticMlp Network(int seed) => new(7, 12, new Seed(seed).Stream("weights"), dtype: ScalarType.Float64);

    private static Tensor Loss(QuadraticMlp network, ModularArithmeticDataset data) => nn.functional.mse_loss(
        network.Forward(data.Train.Left, data.Train.Right), nn.functional.one_hot(data.TrainLabels, data.Modulus).to_type(ScalarType.Float64));
}

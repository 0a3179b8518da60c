using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Training;

public sealed class ClassificationTests
{
    [Fact]
    public void Accuracy_and_loss_do_not_depend_on_the_batch_and_the_mode_is_put_back()
    {
        using var scope = NewDisposeScope();
        new Seed(1).SeedTorch();
        var model = nn.Sequential(nn.Dropout(0.5), nn.Linear(4, 3));
        var (inputs, labels) = (randn(10, 4), randint(0, 3, [10], dtype: int64));
        model.train();
        var whole = Classification.Evaluate(model, inputs, labels);
        var parts = Classification.Evaluate(model, inputs, labels, batch: 3);
        Assert.Equal(whole.Accuracy, parts.Accuracy, 1e-12);
        Assert.Equal(whole.Loss, parts.Loss, 1e-6);
        Assert.True(model.training);
        model.eval();
        var logits = model.call(inputs);
        Assert.Equal(logits.argmax(1).eq(labels).to(float64).mean().item<double>(), whole.Accuracy, 1e-12);
    }
}

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Data.Augmentation;

/// <summary>Predictions averaged over augmented views of an image (a hundred crops in arXiv:2306.13575, section 4.2).</summary>
public static class TestTimeAugmentation
{
    /// <summary>The mean of the model's probabilities over views, without gradients, in evaluation mode; the model's mode is put back.</summary>
    /// <param name="model">From images to logits, (n, classes).</param>
    /// <param name="images">(n, channels, height, width).</param>
    /// <param name="augment">Makes a view of a batch, drawn anew at each call.</param>
    /// <param name="views">Number of views.</param>
    /// <returns>(n, classes); rows sum to 1.</returns>
    public static Tensor Probabilities(Module<Tensor, Tensor> model, Tensor images, Func<Tensor, Tensor> augment, int views)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(augment);
        ArgumentOutOfRangeException.ThrowIfLessThan(views, 1);
        var training = model.training;
        model.eval();
        try
        {
            using var scope = NewDisposeScope();
            using var inference = no_grad();
            Tensor? sum = null;
            for (var view = 0; view < views; view++)
            {
                using var inner = NewDisposeScope();
                var probabilities = model.call(augment(images)).softmax(1);
                sum = sum is null ? probabilities.MoveToOuterDisposeScope() : sum.add_(probabilities);
            }
            return sum!.div_(views).MoveToOuterDisposeScope();
        }
        finally
        {
            model.train(training);
        }
    }
}

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Training;

/// <summary>How well a classifier does on labelled examples, computed in batches without gradients.</summary>
public static class Classification
{
    /// <summary>Accuracy and mean cross-entropy in evaluation mode; the model's mode is put back.</summary>
    /// <param name="model">From examples to logits, (n, classes).</param>
    /// <param name="inputs">The examples, (n, ...).</param>
    /// <param name="labels">(n), 64-bit integers.</param>
    /// <param name="batch">Examples at a time.</param>
    /// <returns>The share of examples whose largest logit is the label's, and the loss in nats.</returns>
    public static (double Accuracy, double Loss) Evaluate(Module<Tensor, Tensor> model, Tensor inputs, Tensor labels, int batch = 1000)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var training = model.training;
        model.eval();
        try
        {
            using var inference = no_grad();
            var (right, loss) = (0.0, 0.0);
            var count = inputs.shape[0];
            for (long from = 0; from < count; from += batch)
            {
                using var scope = NewDisposeScope();
                var size = Math.Min(batch, count - from);
                var (part, truth) = (inputs.narrow(0, from, size), labels.narrow(0, from, size));
                var logits = model.call(part);
                right += logits.argmax(1).eq(truth).sum().item<long>();
                loss += functional.cross_entropy(logits, truth).to(float64).item<double>() * size;
            }
            return (right / count, loss / count);
        }
        finally
        {
            model.train(training);
        }
    }
}

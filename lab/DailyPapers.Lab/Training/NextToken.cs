using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Training;

/// <summary>The task of language models: from the tokens of a window to the token after each.</summary>
public static class NextToken
{
    /// <summary>The mean cross-entropy of a batch in nats a token, a scalar with gradient.</summary>
    /// <param name="model">From (n, tokens) to logits, (n, tokens, vocabulary).</param>
    /// <param name="windows">(n, tokens + 1), 64-bit integers: each window less its last token is read, less its first is predicted.</param>
    public static Tensor Loss(Module<Tensor, Tensor> model, Tensor windows)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(windows);
        using var scope = NewDisposeScope();
        var tokens = windows.shape[1] - 1;
        var logits = model.call(windows.narrow(1, 0, tokens));
        return functional.cross_entropy(logits.flatten(0, 1), windows.narrow(1, 1, tokens).flatten()).MoveToOuterDisposeScope();
    }

    /// <summary>The mean cross-entropy in nats a token, in evaluation mode, batches at a time; the model's mode is put back.</summary>
    /// <param name="model">From (n, tokens) to logits, (n, tokens, vocabulary).</param>
    /// <param name="windows">(n, tokens + 1), 64-bit integers.</param>
    /// <param name="batch">Windows at a time.</param>
    public static double Evaluate(Module<Tensor, Tensor> model, Tensor windows, int batch = 100)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var training = model.training;
        model.eval();
        try
        {
            using var inference = no_grad();
            var (loss, count) = (0.0, windows.shape[0]);
            for (long from = 0; from < count; from += batch)
            {
                using var scope = NewDisposeScope();
                var size = Math.Min(batch, count - from);
                loss += Loss(model, windows.narrow(0, from, size)).to(float64).item<double>() * size;
            }
            return loss / count;
        }
        finally
        {
            model.train(training);
        }
    }
}

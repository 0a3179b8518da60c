using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.PacBayes;

/// <summary>The classifier that prompts make of a pair of encoders: the class whose prompt's vector is nearest to the image's by cosine.</summary>
public static class PromptClassifier
{
    /// <summary>The share of wrong answers; a tie counts for the class of least number.</summary>
    /// <param name="images">Unit vectors (n, e).</param>
    /// <param name="labels">Classes, (n,), int64.</param>
    /// <param name="prompts">Unit vectors (classes, e), one for each class.</param>
    public static double Error(Tensor images, Tensor labels, Tensor prompts)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(prompts);
        if (images.dim() != 2 || prompts.dim() != 2 || images.shape[1] != prompts.shape[1] || labels.shape[0] != images.shape[0])
            throw new ArgumentException($"Expected images (n, e), labels (n) and prompts (classes, e), but got [{string.Join(", ", images.shape)}], [{string.Join(", ", labels.shape)}] and [{string.Join(", ", prompts.shape)}].", nameof(images));
        using var scope = NewDisposeScope();
        return images.mm(prompts.t()).argmax(1).ne(labels).to(float64).mean().item<double>();
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures;

/// <summary>
/// An image tower and a text tower trained to give a picture and its caption vectors of small angle (Radford et al. 2021), in small: two
/// perceptrons, the text as the mean of its tokens' vectors.
/// </summary>
public sealed class ContrastiveDualEncoder : IDisposable
{
    private const double Temperature = 0.1;

    private readonly nn.Module<Tensor, Tensor> _imageTower;
    private readonly nn.Module<Tensor, Tensor> _textTower;
    private readonly optim.Optimizer _optimizer;
    private readonly int _vocabulary;
    // Scalars are kept: one that is made for a call may be finalised before the native code has read it.
    private readonly Scalar _inverseTemperature = 1 / Temperature;
    private readonly Scalar _half = 0.5;

    /// <summary>Draws the weights.</summary>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="vocabulary">Number of tokens.</param>
    /// <param name="width">Neurons of the hidden layers.</param>
    /// <param name="dimensions">Numbers of a vector.</param>
    /// <param name="learningRate">Of Adam, positive.</param>
    /// <param name="seed">The stream of the weights.</param>
    public ContrastiveDualEncoder(int pixels, int vocabulary, int width, int dimensions, double learningRate, Seed seed)
    {
        foreach (var (count, name) in new[] { (pixels, nameof(pixels)), (vocabulary, nameof(vocabulary)), (width, nameof(width)), (dimensions, nameof(dimensions)) })
            if (count < 1)
                throw new ArgumentOutOfRangeException(name, count, "Expected at least 1.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(learningRate);
        _vocabulary = vocabulary;
        seed.SeedTorch();
        _imageTower = nn.Sequential(nn.Linear(pixels, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, dimensions));
        // The first layer of a mean of one-hot vectors is the mean of tokens' vectors; one token more marks the end, so that an empty text has one.
        _textTower = nn.Sequential(nn.Linear(vocabulary + 1, width, hasBias: false), nn.ReLU(), nn.Linear(width, dimensions));
        _optimizer = optim.Adam(_imageTower.parameters().Concat(_textTower.parameters()), learningRate);
    }

    // #region step
    /// <summary>A step of Adam on the symmetric cross-entropy of telling a batch's captions from each other by the image, and its images by the caption.</summary>
    /// <param name="images">(B, pixels), float32.</param>
    /// <param name="captions">A caption for each.</param>
    /// <returns>The loss before the step.</returns>
    public double Step(Tensor images, IReadOnlyList<int[]> captions)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(captions);
        if (images.dim() != 2 || images.shape[0] != captions.Count)
            throw new ArgumentException($"Expected a caption for each image; there are {captions.Count}, and images of shape [{string.Join(", ", images.shape)}].", nameof(captions));
        using var scope = NewDisposeScope();
        var scores = EncodeImages(images).mm(EncodeTexts(captions).t()) * _inverseTemperature; // (B, B)
        var own = arange(captions.Count);
        var loss = (nn.functional.cross_entropy(scores, own) + nn.functional.cross_entropy(scores.t(), own)) * _half;
        _optimizer.zero_grad();
        loss.backward();
        _optimizer.step();
        return loss.item<float>();
    }
    // #endregion step

    /// <summary>Unit vectors of images, (B, dimensions).</summary>
    /// <param name="images">(B, pixels), float32.</param>
    public Tensor EncodeImages(Tensor images)
    {
        using var scope = NewDisposeScope();
        return nn.functional.normalize(_imageTower.call(images), dim: 1).MoveToOuterDisposeScope();
    }

    /// <summary>Unit vectors of texts, (B, dimensions).</summary>
    /// <param name="texts">Texts of tokens from 0 to V − 1; may be empty.</param>
    public Tensor EncodeTexts(IReadOnlyList<int[]> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var bags = new float[texts.Count * (_vocabulary + 1)];
        for (var i = 0; i < texts.Count; i++)
        {
            var share = 1f / (texts[i].Length + 1);
            foreach (var token in texts[i].Append(_vocabulary))
                bags[i * (_vocabulary + 1) + token] += share;
        }
        using var scope = NewDisposeScope();
        return nn.functional.normalize(_textTower.call(tensor(bags, texts.Count, _vocabulary + 1)), dim: 1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _imageTower.Dispose();
        _textTower.Dispose();
        _inverseTemperature.Dispose();
        _half.Dispose();
    }
}

using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>One of the classifiers of a <see cref="ClassifierComparison"/>.</summary>
/// <param name="Name">Its name in metrics and parameters.</param>
/// <param name="Title">Its name in figures and help.</param>
/// <param name="StepSize">Its largest step size, unless the reader sets another.</param>
/// <param name="Create">Makes it at its initial weights: from images, (n, 1, 28, 28), to logits.</param>
internal sealed record ClassifierArm(string Name, string Title, double StepSize, Func<Network> Create);

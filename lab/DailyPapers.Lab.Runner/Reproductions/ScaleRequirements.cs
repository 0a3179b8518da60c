using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Data;

namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>What claims of several papers need of a machine.</summary>
internal static class ScaleRequirements
{
    /// <summary>The images of Fashion-MNIST.</summary>
    internal static ScaleRequirement FashionMnistImages { get; } = new()
    {
        Description = $"needs the Fashion-MNIST images: install Debian's dataset-fashion-mnist, or set {FashionMnist.FolderVariable} to a folder with the four IDX files",
        Data = FashionMnist.Requirement,
    };
}

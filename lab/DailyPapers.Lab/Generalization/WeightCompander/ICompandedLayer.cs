using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.WeightCompander;

/// <summary>A layer whose weights are a function of what is trained.</summary>
public interface ICompandedLayer
{
    /// <summary>v, what is trained, in the shape of the weights.</summary>
    Parameter Raw { get; }

    /// <summary>The function.</summary>
    IWeightReparameterization Reparameterization { get; }

    /// <summary>The weights w in use, a new tensor.</summary>
    Tensor Weight();
}

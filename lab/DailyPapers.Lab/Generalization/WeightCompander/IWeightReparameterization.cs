using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.WeightCompander;

/// <summary>A weight as an odd, increasing function of what is trained, element by element.</summary>
public interface IWeightReparameterization
{
    /// <summary>No weight's magnitude passes this; infinite when there is no bound.</summary>
    double Bound { get; }

    /// <summary>The weights w of the trained values v, of any shape; differentiable.</summary>
    Tensor Compand(Tensor v);

    /// <summary>The values v that give the weights w; not finite where w is not within the bound.</summary>
    Tensor Inverse(Tensor w);

    /// <summary>dw/dv at the trained values. A step of gradient descent on v moves w by −η (dw/dv)² dL/dw to first order.</summary>
    Tensor Derivative(Tensor v);
}

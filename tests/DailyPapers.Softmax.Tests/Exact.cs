using System.Numerics;

namespace DailyPapers.Numerics.Tests;

/// <summary>Softmax and log-softmax in fixed point with 256 bits after the point, far beyond a double.</summary>
internal sealed class Exact
{
    private const int Fraction = 256;

    private static readonly BigInteger _one = BigInteger.One << Fraction;
    private static readonly BigInteger _ln2 = Ln2();

    // The logits less the largest of them, which changes softmax and log-softmax by nothing.
    private readonly BigInteger[] _x;
    private readonly (BigInteger M, int N)[] _exponentials;
    private readonly BigInteger _sum;
    private readonly int _exponent;
    private readonly BigInteger _log;

    /// <summary>A row of finite numbers.</summary>
    internal Exact(ReadOnlySpan<double> x)
    {
        BigInteger[] logits = [.. x.ToArray().Select(Fixed)];
        var largest = logits.Max();
        _x = [.. logits.Select(logit => logit - largest)];
        _exponentials = [.. _x.Select(Exp)];
        _exponent = _exponentials.Max(e => e.N);
        foreach (var (m, n) in _exponentials)
            _sum += _exponent - n > 2 * Fraction ? 0 : m >> (_exponent - n);
        _log = _exponent * _ln2 + Log(_sum);
    }

    internal static Exact Of(ReadOnlySpan<float> x) => new([.. x.ToArray().Select(value => (double)value)]);

    /// <summary>Softmax at i, cut to a double.</summary>
    internal double Softmax(int i) => Math.ScaleB((double)((_exponentials[i].M << Fraction) / _sum), Math.Max(_exponentials[i].N - _exponent - Fraction, -5000));

    /// <summary>Log-softmax at i, cut to a double.</summary>
    internal double LogSoftmax(int i) => Math.ScaleB((double)(_x[i] - _log), -Fraction);

    /// <summary>Distance of softmax at i from a value of <paramref name="bits"/> bits (24 or 53), in units of the last place; what is too small for a normal number may be 0.</summary>
    internal double SoftmaxUlps(int i, double actual, int bits)
    {
        var (m, n) = _exponentials[i];
        var quotient = (m << Fraction) / _sum;
        var shift = n - _exponent - Fraction; // the expected value is quotient · 2^shift
        var exponent = (int)quotient.GetBitLength() - 1 + shift;
        if (exponent < (bits == 24 ? -126 : -1022))
            return actual >= 0 && actual <= (bits == 24 ? 1.18e-38 : 2.23e-308) ? 0 : double.PositiveInfinity;
        if (!double.IsFinite(actual))
            return double.PositiveInfinity;
        return (double)BigInteger.Abs(Scaled(actual, -shift) - quotient) * Math.ScaleB(1, shift - (exponent - bits + 1));
    }

    /// <summary>Distance of log-softmax at i from a value of <paramref name="bits"/> bits, in units of the last place of max(|y|, 1).</summary>
    internal double LogSoftmaxUlps(int i, double actual, int bits)
    {
        var expected = _x[i] - _log;
        var exponent = Math.Max(0, (int)BigInteger.Abs(expected).GetBitLength() - 1 - Fraction);
        return double.IsFinite(actual)
            ? Math.ScaleB((double)BigInteger.Abs(Fixed(actual) - expected), -Fraction - (exponent - bits + 1))
            : double.PositiveInfinity;
    }

    private static BigInteger Fixed(double x) => Scaled(x, Fraction);

    // x · 2^bits, cut to a whole number.
    private static BigInteger Scaled(double x, int bits)
    {
        if (x == 0)
            return 0;
        var exponent = Math.ILogB(x) - 52;
        var whole = new BigInteger(Math.ScaleB(x, -exponent));
        return exponent + bits >= 0 ? whole << (exponent + bits) : whole >> -(exponent + bits);
    }

    private static (BigInteger M, int N) Exp(BigInteger x)
    {
        var n = BigInteger.Divide(2 * x + _ln2 * x.Sign, 2 * _ln2);
        var t = x - n * _ln2;
        BigInteger sum = 0, term = _one;
        for (var k = 1; !term.IsZero && term != -1; k++)
        {
            sum += term;
            term = (term * t >> Fraction) / k;
        }
        return (sum, (int)BigInteger.Max(n, -100_000_000));
    }

    // Halley's step from a double's logarithm: the error's cube.
    private static BigInteger Log(BigInteger x)
    {
        var near = Fixed(Math.Log((double)x) - Fraction * Math.Log(2));
        var (m, n) = Exp(near);
        var e = n >= 0 ? m << n : m >> -n;
        return near + (2 * (x - e) << Fraction) / (x + e);
    }

    private static BigInteger Ln2()
    {
        BigInteger sum = 0;
        for (var k = 1; k < Fraction + 32; k++)
            sum += (_one << 32 >> k) / k;
        return sum >> 32;
    }
}

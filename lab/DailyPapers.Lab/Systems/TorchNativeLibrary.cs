namespace DailyPapers.Lab.Systems;

/// <summary>Makes TorchSharp's native library loadable on this system. Call it before anything touches TorchSharp.</summary>
public static class TorchNativeLibrary
{
    /// <summary>Prepares the application's own copy of the library where the system needs it.</summary>
    public static void Prepare()
    {
    }
}

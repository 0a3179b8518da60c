using System.Runtime.InteropServices;
using System.Text;

namespace DailyPapers.Lab.Systems;

/// <summary>Makes TorchSharp's native library loadable on this system. Call it before anything touches TorchSharp.</summary>
public static class TorchNativeLibrary
{
    private const string FileName = "libLibTorchSharp.so";

    /// <summary>
    /// On Linux with a libstdc++ older than GCC 13's, edits the application's own copy of the library once
    /// (<see cref="LibstdcxxPatch"/>). Elsewhere, and on later calls, it does nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The copy has to be edited, but its folder can't be written.</exception>
    public static void Prepare()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64 || SystemProvidesVersion())
            return;
        foreach (var folder in new[] { AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native") })
        {
            var path = Path.Combine(folder, FileName);
            if (File.Exists(path))
                Edit(path);
        }
    }

    /// <summary>Edits one copy of the library if it needs it, whole or not at all; true when it changed.</summary>
    /// <remarks>The new file is written beside the old one and renamed over it, so a process that has it loaded keeps the old one.</remarks>
    /// <exception cref="InvalidOperationException">The folder can't be written.</exception>
    public static bool Edit(string path)
    {
        if (LibstdcxxPatch.Apply(File.ReadAllBytes(path)) is not { } edited)
            return false;
        var beside = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            File.WriteAllBytes(beside, edited);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(beside, File.GetUnixFileMode(path));
            File.Move(beside, path, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new InvalidOperationException(
                $"This system's libstdc++ lacks {LibstdcxxPatch.Version}, so {path} must be adjusted once, but its folder can't be written "
                + $"({exception.Message}) Run the lab once as a user who may write there, or install a libstdc++ of GCC 13 or later.", exception);
        }
    }

    private static bool SystemProvidesVersion()
    {
        // The runtime itself is linked with libstdc++, so the one that counts is in this process's memory map.
        var path = MappedLibstdcxx();
        if (path is null && NativeLibrary.TryLoad("libstdc++.so.6", out _))
            path = MappedLibstdcxx();
        return path is null || File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.ASCII.GetBytes(LibstdcxxPatch.Version)) >= 0;
    }

    private static string? MappedLibstdcxx()
    {
        foreach (var line in File.ReadLines("/proc/self/maps"))
            if (line.IndexOf('/', StringComparison.Ordinal) is var start and >= 0 && line.Contains("/libstdc++.so.6", StringComparison.Ordinal))
                return line[start..];
        return null;
    }
}

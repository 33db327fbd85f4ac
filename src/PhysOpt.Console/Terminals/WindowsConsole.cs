using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace PhysOpt.Hosting.Terminals;

/// <summary>A Windows console understands escape sequences once it has been told to.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsConsole
{
    const int StandardOutput = -11;
    const int StandardError = -12;
    const uint VirtualTerminalProcessing = 4;

    /// <returns>Whether every stream that is a console now understands escape sequences.</returns>
    public static bool EnableVirtualTerminal() =>
        (Console.IsOutputRedirected || Enable(StandardOutput)) && (Console.IsErrorRedirected || Enable(StandardError));

    static bool Enable(int stream)
    {
        var handle = GetStdHandle(stream);
        return GetConsoleMode(handle, out var mode)
            && (mode.HasFlagBits(VirtualTerminalProcessing) || SetConsoleMode(handle, mode | VirtualTerminalProcessing));
    }

    static bool HasFlagBits(this uint mode, uint bits) => (mode & bits) == bits;

    [LibraryImport("kernel32.dll")]
    private static partial nint GetStdHandle(int stream);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);
}

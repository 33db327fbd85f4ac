using System.Diagnostics;
using System.Globalization;

namespace PhysOpt.Bench;

/// <summary>Runs a script of bench/scipy.</summary>
internal static class PythonScript
{
    static string Said { get; set; } = ""; // once

    /// <summary>The numbers that it prints; null where there is no SciPy on this machine. What it says besides goes on.</summary>
    internal static double[]? Numbers(string name, params object[] arguments)
    {
        var texts = arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Repository.File("bench", "scipy", name), .. texts])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        var output = process!.StandardOutput.ReadToEnd();
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0 && said != Said) Console.Error.Write(Said = said);
        if (process.ExitCode == 0) return [.. output.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Console.Error.WriteLine("SciPy is not there: apt-get install python3-scipy");
        return null;
    }
}

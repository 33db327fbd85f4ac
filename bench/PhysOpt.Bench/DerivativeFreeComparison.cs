using System.Diagnostics;
using System.Globalization;
using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Tests.Problems;

namespace PhysOpt.Bench;

/// <summary>
/// How many values the methods without derivatives take on the problems of Moré, Garbow and Hillstrom, beside NLopt's, which is asked for
/// points by a pipe and told values of the very same functions.
/// </summary>
internal static class DerivativeFreeComparison
{
    const int Most = 30_000; // evaluations
    const double Near = 1e-6; // f - f*

    internal static int Compare()
    {
        var names = Environment.GetCommandLineArgs().Skip(2).ToArray();
        var (ours, theirs, both) = (0L, 0L, 0);
        Console.WriteLine($"values until f - f* <= {Near:G}; -: not within {Most:N0}");
        Console.WriteLine($"{"problem",-26} {"n",3} {"Bobyqa",9} {"NLopt",9} {"at end",9} f - f*, status");
        foreach (var problem in MoreGarbowHillstrom.All.Where(each => names.Length == 0 || names.Contains(each.Name)))
        {
            var target = problem.Minimum + Near;
            var (reached, ended, last) = Ours(problem.Problem, target, new Bobyqa(), Bobyqa.DefaultOptions);
            var other = Theirs(problem.Problem, target, "LN_BOBYQA");
            if (reached is not null && other is not null) (ours, theirs, both) = (ours + reached.Value, theirs + other.Value, both + 1);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{problem.Name,-26} {problem.Problem.Dimension,3} {Shown(reached),9} {Shown(other),9} {ended,9} {last.Loss - problem.Minimum:G3} {last.Status}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{both} problems that both solve: {ours} and {theirs}, ratio {(double)ours / theirs:F2}"));
        return 0;

        static string Shown(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "-";
    }

    static (long? Reached, long Ended, IterationRecord Last) Ours<TState>(
        OptimizationProblem problem, double target, IMethod<IObjective, TState> method, OptimizationOptions options)
        where TState : class, IMethodState
    {
        var (count, reached) = (0L, (long?)null);
        var counted = Watched(problem, value =>
        {
            count++;
            if (value <= target) reached ??= count;
        });
        var last = Optimizer.Run(counted, method, options with { MaxEvaluations = Most, MaxIterations = int.MaxValue }).Last();
        return (reached, count, last);
    }

    static OptimizationProblem Watched(OptimizationProblem problem, Action<double> seen)
    {
        return new(problem.Name, null, DelegateMap.Create(x =>
        {
            var value = Value(problem, x);
            seen(value);
            return new Vector(value);
        }), problem.InitialGuess);
    }

    static double Value(OptimizationProblem problem, Vector x) => problem.Loss.Evaluate(problem.Physics?.Evaluate(x) ?? x)[0];

    /// <summary>How many values NLopt takes; null where it does not get there.</summary>
    static long? Theirs(OptimizationProblem problem, double target, string algorithm)
    {
        var start = problem.InitialGuess.Select(x => x.ToString("R", CultureInfo.InvariantCulture));
        string[] arguments = [Repository.File("bench", "scipy", "nlopt_bobyqa.py"), algorithm, $"{Most}",
            target.ToString("R", CultureInfo.InvariantCulture), .. start];
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var count = 0L;
        long? reached = null;
        while (process.StandardOutput.ReadLine() is { } line && !line.StartsWith("end", StringComparison.Ordinal))
        {
            count++;
            var value = Value(problem, new Vector(line.Split(' ').Select(Hexadecimal)));
            if (value <= target) reached ??= count;
            process.StandardInput.WriteLine(value.ToString("R", CultureInfo.InvariantCulture));
            process.StandardInput.Flush();
        }

        process.WaitForExit();
        return reached;
    }

    /// <summary>A number as Python's float.hex writes it.</summary>
    static double Hexadecimal(string text)
    {
        var sign = text[0] == '-' ? -1.0 : 1;
        var digits = text.TrimStart('-');
        if (!digits.StartsWith("0x", StringComparison.Ordinal))
            return sign * (digits == "inf" ? double.PositiveInfinity : double.NaN);
        var (dot, power) = (digits.IndexOf('.', StringComparison.Ordinal), digits.IndexOf('p', StringComparison.Ordinal));
        if (dot < 0) dot = power;
        var (whole, part) = (digits[2..dot], dot == power ? "" : digits[(dot + 1)..power]);
        var mantissa = ulong.Parse(whole + part, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return sign * double.ScaleB(mantissa, int.Parse(digits[(power + 1)..], CultureInfo.InvariantCulture) - 4 * part.Length);
    }
}

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
        var (bobyqa, simplex) = (new Sum(), new Sum());
        Console.WriteLine(FormattableString.Invariant($"values until f - f* <= {Near:G}; -: not within {Most:N0}"));
        Console.WriteLine($"{"problem",-24} {"n",3} {"Bobyqa",8} {"NLopt",8} {"its end",8} {"f - f*",9} {"NelderMead",11} {"NLopt",8}"
            + $" {"its end",8} {"f - f*",9}");
        foreach (var problem in MoreGarbowHillstrom.All)
        {
            var first = Compared(problem, new Bobyqa(), Bobyqa.DefaultOptions, "LN_BOBYQA", bobyqa);
            var second = Compared(problem, new NelderMead(), NelderMead.DefaultOptions, "LN_NELDERMEAD", simplex);
            Console.WriteLine($"{problem.Name,-24} {problem.Problem.Dimension,3} {first,36} {second,39}");
        }

        Console.WriteLine($"Bobyqa: {bobyqa}");
        Console.WriteLine($"NelderMead: {simplex}");
        return 0;
    }

    /// <summary>What both sides take where both get there.</summary>
    sealed class Sum
    {
        long ours, theirs;
        int both, oursAlone, theirsAlone;

        internal void Add(long? our, long? their)
        {
            if (our is { } a && their is { } b) (ours, theirs, both) = (ours + a, theirs + b, both + 1);
            else if (our is not null) oursAlone++;
            else if (their is not null) theirsAlone++;
        }

        public override string ToString() => FormattableString.Invariant(
            $"{ours} values and {theirs} on {both} problems that both solve, ratio {(double)ours / theirs:F2}; ")
            + $"{oursAlone} solved here alone, {theirsAlone} by NLopt alone";
    }

    static string Compared<TState>(
        ReferenceProblem problem, IMethod<IObjective, TState> method, OptimizationOptions options, string algorithm, Sum sum)
        where TState : class, IMethodState
    {
        var target = problem.Minimum + Near;
        var (reached, ended, last) = Ours(problem.Problem, target, method, options);
        var other = Theirs(problem.Problem, target, algorithm);
        sum.Add(reached, other);
        var end = last.Status.IsConverged() ? $"{ended}" : $"({ended})";
        return string.Create(
            CultureInfo.InvariantCulture, $"{Shown(reached),8} {Shown(other),8} {end,8} {last.Loss - problem.Minimum,9:G2}");

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

    static OptimizationProblem Watched(OptimizationProblem problem, Action<double> seen) => new(
        problem.Name, null, DelegateMap.Create(x =>
        {
            var value = Value(problem, x);
            seen(value);
            return new Vector(value);
        }), problem.InitialGuess);

    static double Value(OptimizationProblem problem, Vector x) => problem.Loss.Evaluate(problem.Physics?.Evaluate(x) ?? x)[0];

    /// <summary>How many values NLopt takes; null where it does not get there.</summary>
    static long? Theirs(OptimizationProblem problem, double target, string algorithm)
    {
        var start = problem.InitialGuess.Select(x => x.ToString("R", CultureInfo.InvariantCulture));
        string[] arguments = [Repository.File("bench", "scipy", "nlopt_values.py"), algorithm, $"{Most}",
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

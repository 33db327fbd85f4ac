using System.Globalization;
using CsCheck;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>Scripts that chance has written: what the block gives by itself, what its record gives, and the slopes of both.</summary>
public sealed class RandomScriptTests : IDisposable
{
    readonly ModuleEngine module = new();

    public void Dispose() => module.Dispose();

    static readonly Gen<string> Number = Gen.Double[-2, 2].Select(number => number.ToString("0.0##", CultureInfo.InvariantCulture))
        .Select(text => $"({text})");

    /// <summary>An expression of smooth functions that stay of moderate size, and of a condition now and then.</summary>
    static Gen<string> Expression(int depth, params string[] leaves)
    {
        var leaf = Gen.OneOf(Gen.Int[0, leaves.Length - 1].Select(i => leaves[i]), Number);
        if (depth == 0) return leaf;
        var inner = Expression(depth - 1, leaves);
        return Gen.Select(Gen.Int[0, 13], inner, inner, leaf).Select((form, a, b, c) => form switch
        {
            0 => $"({a} + {b})",
            1 => $"({a} - {b})",
            2 => $"({c} * {b})",
            3 => $"({a} / (1 + {b} * {b}))",
            4 => $"[Math]::Sin({a})",
            5 => $"[Math]::Tanh({a})",
            6 => $"[Math]::Sqrt(1 + {a} * {a})",
            7 => $"[Math]::Exp([Math]::Sin({a}))",
            8 => $"[Math]::Pow(2.5 + [Math]::Cos({a}), {c})",
            9 => $"[Math]::Atan2({a}, 2 + [System.Math]::Cos({b}))",
            10 => $"(-{a})",
            11 => $"[Math]::Log(1.5 + [Math]::Pow({a}, 2))",
            12 => $"$(if ({a} -gt {c}) {{ {b} }} else {{ {c} }})",
            _ => $"$(if (0.1 -lt {c} -and {a}) {{ {a} }} else {{ 2 * {b} }})",
        });
    }

    static readonly Gen<(string Script, double[] X)> Script =
        from n in Gen.Int[2, 48]
        from term in Expression(3, "$x[$i]", "$x[$i + 1]", "$x[0]", "$w[$i]", "$k")
        from start in Expression(2, "$x[0]", "$x[1]", "$x[-1]", "$k")
        from loop in Gen.Int[0, 2]
        from x in Gen.Int[-1500, 1500].Array[n].Select(Apart)
        select ($$"""
            param($x)
            $s = {{start}}
            {{(loop == 0 ? "for ($i = 0; $i -lt $x.Count - 1; $i++)" : loop == 1 ? "foreach ($i in 0..($x.Count - 2))" : "$i = -1; while (++$i -lt $x.Count - 1)")}} { $s += {{term}} }
            $s
            """, x);

    /// <summary>
    /// Numbers that differ from one another and from round ones by more than a difference moves them: beside the jumps of conditions, not
    /// on them.
    /// </summary>
    static double[] Apart(int[] thousandths) => [.. thousandths.Select((k, i) => (k + 0.037 + 0.0195 * i) / 1000)];

    [Fact]
    public void A_script_by_itself_and_its_record_give_the_same_value_and_right_slopes()
    {
        module.Output("$w = 0..47 | ForEach-Object { [Math]::Cos($_) }; $k = 0.75");
        Script.Sample(
            (script, x) =>
            {
                var result = module.Output($$"""
                    $f = { {{script}} }
                    $x = @({{string.Join(", ", x.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}})
                    $traced = Invoke-GradientDescent -Objective $f -InitialGuess $x -Iterations 0 -Derivative Traced
                    $plain = @(& $f $x)
                    , @($traced.Loss, $plain[-1])
                    Get-Gradient $f $x -Derivative Traced
                    Get-Gradient $f $x -Derivative FiniteDifference
                    """);
                var values = (object[])result[0].BaseObject;
                var (traced, plain) = (Convert.ToDouble(values[0], CultureInfo.InvariantCulture),
                    Convert.ToDouble(values[1], CultureInfo.InvariantCulture));
                Assert.True(double.Abs(traced - plain) <= 1e-12 * double.Max(1, double.Abs(plain)) * x.Length, $"{traced:R} for {plain:R}");
                var (exact, differences) = (Numbers(result[1]), Numbers(result[2]));
                var scale = double.Max(1, exact.Max(double.Abs));
                Assert.All(exact.Zip(differences), pair => Assert.InRange(pair.First - pair.Second, -1e-7 * scale, 1e-7 * scale));
            },
            iter: 150, threads: 1);
    }

    static double[] Numbers(System.Management.Automation.PSObject vector) => [.. (IEnumerable<double>)vector.BaseObject];
}

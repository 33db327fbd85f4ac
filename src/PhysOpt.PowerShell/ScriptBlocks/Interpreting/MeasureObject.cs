using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Measure-Object of numbers: sums in the order of the input, as doubles.</summary>
internal static class MeasureObject
{
    static readonly string[] Switches = ["Sum", "Average", "Minimum", "Maximum", "StandardDeviation", "AllStats"];

    internal static Sink Open(Frame f, Arguments arguments, Sink next, bool hasInput)
    {
        var bound = arguments.Bind("Measure-Object", ["Property", "InputObject"], Switches);
        if (!hasInput) throw new TraceRefusedException("It calls Measure-Object without input");
        return new Measuring(bound, next);
    }

    sealed class Measuring(Arguments.Bound bound, Sink next) : Sink
    {
        readonly List<object?> input = [];

        internal override void Write(object? value) => input.Add(value);

        internal override void End()
        {
            Known.RefuseBlocks("Measure-Object", [.. bound.Positional, .. bound.Named.Values]);
            next.Write(Values.HoldsTraced(input.ToArray()) ? Traced() : PlainScript.Command("Measure-Object", bound, input).FirstOrDefault()
                ?? throw new TraceRefusedException($"Measure-Object finds no {bound.Get("Property", 0)} in its input"));
            next.End();
        }

        /// <remarks>Measure-Object writes an error of what is no number, and goes on.</remarks>
        static object? Number(object value)
        {
            try
            {
                return Conversions.To(value, typeof(double));
            }
            catch (PSInvalidCastException)
            {
                throw new TraceRefusedException($"Measure-Object is given {Text.Kind(value)}, which is no number");
            }
        }

        PSObject Traced()
        {
            var property = bound.Get("Property", 0);
            if (property is not null && property is not string)
                throw new TraceRefusedException("Measure-Object is given something else than one property");
            var all = bound.Has("AllStats");
            var isOnlyCounted = property is null && !Switches.Any(bound.Has); // whatever its input is
            object?[] numbers = [.. (property is not string name ? input
                : input.Select(item => (object?)Members.OfInput(item, name, "Measure-Object")))
                .Where(each => each is not null).Select(each => isOnlyCounted ? 0.0 : Number(each!))];
            object? sum = 0.0, mean = null, spread = null;
            for (var i = 0; i < numbers.Length; i++)
            {
                // Welford's recurrence, as Measure-Object has it
                if (i > 0)
                {
                    var before = Arithmetic.Divide(sum, (double)i);
                    var deviation = Arithmetic.Subtract(numbers[i], before);
                    spread = Arithmetic.Add(Arithmetic.Multiply(spread ?? 0.0, (i - 1.0) / i),
                        Arithmetic.Divide(Arithmetic.Multiply(deviation, deviation), i + 1.0));
                }

                sum = Arithmetic.Add(sum, numbers[i]);
            }

            if (numbers.Length > 0) mean = Arithmetic.Divide(sum, (double)numbers.Length);
            var result = new PSObject();
            void Set(string name, object? value, params string[] asked) =>
                result.Properties.Add(new PSNoteProperty(name, all || asked.Length == 0 || asked.Any(bound.Has) ? value : null));
            Set("Count", numbers.Length);
            Set("Average", mean, "Average");
            Set("Sum", sum, "Sum");
            Set("Maximum", Extreme(numbers, "Max"), "Maximum");
            Set("Minimum", Extreme(numbers, "Min"), "Minimum");
            Set("StandardDeviation", all || bound.Has("StandardDeviation") ? MathFunctions.Call(typeof(System.Math), "Sqrt", [spread])
                : null, "StandardDeviation");
            Set("Property", property);
            return result;
        }

        /// <summary>The largest or smallest number; NaN is smaller than all.</summary>
        static object? Extreme(object?[] all, string function)
        {
            object?[] numbers = [.. all.Where(each => !Comparison.IsNaN(each!, isGuard: true))];
            if (numbers.Length < all.Length && (numbers.Length == 0 || function == "Min")) return all.Length == 0 ? null : double.NaN;
            if (numbers.Length == 0) return null;
            var extreme = numbers.Aggregate((a, b) => MathFunctions.Call(typeof(System.Math), function, [a, b]))!;
            // of several zeros it is the first, whatever their signs
            return Comparison.AreEqual(extreme, 0.0) ? numbers.First(each => Comparison.AreEqual(each!, 0.0)) : extreme;
        }
    }
}

using PhysOpt.Tracing;
using PhysOpt.Tracing.Numbers;
using PhysOpt.Tracing.Operations;

namespace PhysOpt;

/// <content>
/// Operations element by element. Plain fields are computed as System.Math does; in the others every element is an operation of the
/// recording.
/// </content>
public sealed partial class Field
{
    /// <summary>An operation on each value.</summary>
    internal static Field Apply(Operation operation, Field a) =>
        Apply(x => operation.Evaluate(x, 0), x => TracedArithmetic.Apply(operation, x), a);

    /// <summary>An operation on the values of two fields, or of a field and a number.</summary>
    internal static Field Apply(Operation operation, FieldOperand a, FieldOperand b)
    {
        var count = CountOf(a, b);
        if (a.IsTraced || b.IsTraced)
        {
            var numbers = new TracedNumber[count];
            for (var i = 0; i < numbers.Length; i++) numbers[i] = TracedArithmetic.Apply(operation, a[i], b[i]);
            return new(null, numbers);
        }

        var values = new double[count];
        var (left, right) = (a.Values, b.Values);
        var (leftStep, rightStep) = (a.Field is null ? 0 : 1, b.Field is null ? 0 : 1);
        for (var i = 0; i < values.Length; i++) values[i] = operation.Evaluate(left[i * leftStep], right[i * rightStep]);
        return new(values, null);
    }

    /// <summary>A function of each value: of plain fields by its plain form, of others by its traced one.</summary>
    internal static Field Apply(Func<double, double> plain, Func<Operand, TracedNumber> traced, Field a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.plain is not null ? new(Array.ConvertAll(a.plain, x => plain(x)), null)
            : new(null, Array.ConvertAll(a.traced!, x => traced(x)));
    }

    /// <summary>A function of two numbers, for the values of two fields, or of a field and a number.</summary>
    internal static Field Apply(
        Func<double, double, double> plain, Func<Operand, Operand, TracedNumber> traced, FieldOperand a, FieldOperand b)
    {
        int[] places = [.. Enumerable.Range(0, CountOf(a, b))];
        return a.IsTraced || b.IsTraced
            ? new(null, Array.ConvertAll(places, i => traced(a[i], b[i])))
            : new(Array.ConvertAll(places, i => plain(a[i].Value, b[i].Value)), null);
    }

    /// <summary>A function of three numbers, for the values of fields and numbers.</summary>
    internal static Field Apply(
        Func<double, double, double, double> plain, Func<Operand, Operand, Operand, TracedNumber> traced,
        FieldOperand a, FieldOperand b, FieldOperand c)
    {
        if (b.Field is not null && c.Field is not null) RequireSameLength(b.Field, c.Field);
        var isOneNumber = a.Field is null && b.Field is null && c.Field is null;
        int[] places = [.. Enumerable.Range(0, isOneNumber ? 1 : CountOf(a, b.Field is null ? c : b))];
        return a.IsTraced || b.IsTraced || c.IsTraced
            ? new(null, Array.ConvertAll(places, i => traced(a[i], b[i], c[i])))
            : new(Array.ConvertAll(places, i => plain(a[i].Value, b[i].Value, c[i].Value)), null);
    }

    /// <summary>A field of one value as that number, to meet fields of any length.</summary>
    internal static FieldOperand NumberOrField(Field field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Count > 1 ? field : field.plain is not null ? field.plain[0] : field.traced![0];
    }

    /// <summary>The length of the result; one operand at least is a field.</summary>
    static int CountOf(FieldOperand a, FieldOperand b)
    {
        if (a.Field is not null && b.Field is not null) RequireSameLength(a.Field, b.Field);
        return (a.Field ?? b.Field)!.Count;
    }

    /// <summary>A field, or a number that stands for a field of that number everywhere.</summary>
    internal readonly struct FieldOperand
    {
        readonly Operand number;

        FieldOperand(Field? field, Operand number) => (Field, this.number) = (field, number);

        internal Field? Field { get; }

        internal bool IsTraced => Field is null ? number.Recorder is not null : Field.IsTraced;

        /// <summary>What meets value i of the other operand.</summary>
        internal Operand this[int i] => Field is null ? number : Field.plain is not null ? Field.plain[i] : Field.traced![i];

        /// <summary>The values of a plain field, or the one of a plain number.</summary>
        internal double[] Values => Field is null ? [number.Value] : Field.plain!;

        public static implicit operator FieldOperand(Field field) => new(field ?? throw new ArgumentNullException(nameof(field)), default);

        public static implicit operator FieldOperand(TracedNumber number) => new(null, number);

        public static implicit operator FieldOperand(double number) => new(null, number);
    }
}

# plot.gnuplot: horizontal bars, on a logarithmic axis where the values are far apart.
#
# Variables: bars, a file with a name and a value a line; unit, what the values are; section.
set datafile separator "\t"
stats bars using 2 name "value" nooutput
set terminal svg size 900, 120 + 24 * value_records font "sans-serif,11" background "white" noenhanced
set title section
set style fill solid 0.7 border
unset key
set yrange [-0.7:value_records - 0.3]
set xlabel unit
set grid xtics
set lmargin 48
set rmargin 10
floor_of_axis = 0
if (value_max > 50 * (value_min > 1 ? value_min : 1)) {
	set logscale x
	floor_of_axis = 1
}
set xrange [floor_of_axis:*]
shown(value) = value > floor_of_axis ? value : floor_of_axis
label(value) = value < 100 ? sprintf(" %.1f", value) : sprintf(" %.0f", value)
plot bars using (shown($2)):0:(floor_of_axis):(shown($2)):($0 - 0.35):($0 + 0.35):ytic(1) \
		with boxxyerror linecolor rgb "#4477aa", \
	bars using (shown($2)):0:(label($2)) with labels left
